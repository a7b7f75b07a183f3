const ROW_CELL = /\[([^\]]+)\]\.[^.]+$/
const SUFFIX = 'abcdefghjkmnpqrstuvwxyz23456789'

/** The key of the row that a cell is in: `F01[0001].C07` → `0001`; undefined of a fixed cell, `E1[a].L011.V` too. */
export function rowKeyOf(id: string): string | undefined {
  return ROW_CELL.exec(id)?.[1]
}

/**
 * Keys for new rows, in order. Two who add a row at the same moment must not write in the same one:
 * what follows the number is drawn by lot.
 */
export function freshRowKeys(known: readonly string[], count: number): readonly string[] {
  const last = known.reduce((most, key) => Math.max(most, Number.parseInt(key, 10) || 0), 0)
  const drawn = crypto.getRandomValues(new Uint8Array(count * 3))
  return Array.from({ length: count }, (_, index) => {
    const letters = [...drawn.subarray(index * 3, index * 3 + 3)].map((byte) => SUFFIX[byte % SUFFIX.length])
    return `${String(last + 1 + index).padStart(4, '0')}-${letters.join('')}`
  })
}
