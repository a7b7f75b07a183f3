import { type Entry, readEntry } from './entry'

/** Where a pasted text may land; `undefined` where the grid ends. */
export interface PasteTarget {
  readonly id: string
  readonly unit: string
  readonly choices?: readonly string[]
  /** Computed cells, and forcible ones, which are forced one by one with a reason. */
  readonly locked: boolean
}

export interface PasteResult {
  readonly writes: readonly { readonly id: string; readonly value: string | null }[]
  readonly skipped: number
  readonly outside: number
  readonly unreadable: readonly { readonly id: string; readonly text: string; readonly message: string }[]
}

/** Whether a text of the clipboard is a block of cells rather than one value. */
export function isBlock(text: string): boolean {
  return /[\t\n\r]/.test(text.replace(/\r?\n$/, ''))
}

/** The lines and columns of a block copied from a spreadsheet, which quotes what holds a line break. */
export function readBlock(text: string): string[][] {
  const lines: string[][] = [[]]
  const body = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (const [, quoted, plain, end] of body.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/g)) {
    lines.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    if (end === '') break
    if (end === '\n') lines.push([])
  }
  return lines
}

/** Spreads a block from its top left corner; what cannot be written is counted, never lost in silence. */
export function spreadBlock(
  block: readonly (readonly string[])[],
  at: (line: number, column: number) => PasteTarget | undefined,
): PasteResult {
  const writes: { id: string; value: string | null }[] = []
  const unreadable: { id: string; text: string; message: string }[] = []
  let skipped = 0
  let outside = 0
  for (const [line, texts] of block.entries()) {
    for (const [column, text] of texts.entries()) {
      const target = at(line, column)
      if (!target) outside += text.trim() ? 1 : 0
      else if (target.locked) skipped += 1
      else {
        const entry: Entry = readEntry(target.unit, text, target.choices)
        if (entry.ok) writes.push({ id: target.id, value: entry.value })
        else unreadable.push({ id: target.id, text, message: entry.message })
      }
    }
  }
  return { writes, skipped, outside, unreadable }
}
