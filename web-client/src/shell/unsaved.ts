const held = new Map<symbol, number>()

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
