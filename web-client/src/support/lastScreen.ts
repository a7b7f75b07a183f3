export interface Screen {
  readonly path: string
  readonly title: string
}

const HELP = '/assistance'
let last: Screen | undefined

/** Keeps the screen that is being left, unless it is the help itself. */
export function keepScreen(screen: Screen) {
  if (!screen.path.startsWith(HELP)) last = screen
}

/** The screen from which help was asked for; nothing when one came to it straight. */
export function lastScreen(): Screen | undefined {
  return last
}
