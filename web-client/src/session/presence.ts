/** Beyond, nobody is there: asking on would keep his session open for whoever comes by. */
const ABSENCE = 15 * 60_000
const SIGNS = ['pointerdown', 'keydown', 'visibilitychange'] as const

let present = Date.now()

function note(): void {
  present = Date.now()
}

for (const sign of SIGNS) document.addEventListener(sign, note, true)
window.addEventListener('focus', note)

/** Whether somebody is at the page: what asks again by itself asks only then. */
export function isPresent(): boolean {
  return document.visibilityState === 'visible' && Date.now() - present < ABSENCE
}
