const held = new Map<symbol, number>()
const asking = new Set<(go: () => void) => void>()

/** Declares how many things a screen has not saved yet; returns how to withdraw it. */
export function holdUnsaved(count: number): () => void {
  const name = Symbol('screen')
  held.set(name, count)
  return () => held.delete(name)
}

/** What the screens have declared; the cells of dossiers count their own. */
export function countHeld(): number {
  let total = 0
  for (const count of held.values()) total += count
  return total
}

/** Declares a screen that asks before one signs out, then goes; returns how to withdraw it. */
export function askOnSigningOut(ask: (go: () => void) => void): () => void {
  asking.add(ask)
  return () => asking.delete(ask)
}

/** Signs out, once the screen that has something to ask has asked it. */
export function goUnlessAsked(go: () => void): void {
  const [ask] = asking
  if (ask) ask(go)
  else go()
}
