const INSTANCE = /^([A-Z][A-Z0-9]*)\[([A-Za-z0-9_-]{1,64})\](.*)$/
const ROW_CELL = /^(.+)\[([^\]]+)\]\.(\w+)$/

/** The tab, line or cell as it is named in that instance; without a key, as it is. */
export function withKey(name: string, key: string): string {
  if (!key) return name
  const dot = name.indexOf('.')
  return dot < 0 ? `${name}[${key}]` : `${name.slice(0, dot)}[${key}]${name.slice(dot)}`
}

/** The name in its pack and the key of its instance, empty if it names none. */
export function splitKey(name: string): readonly [plain: string, key: string] {
  const [, tab, key, rest] = INSTANCE.exec(name) ?? []
  return tab && key ? [tab + (rest ?? ''), key] : [name, '']
}

/** The table, the row and the column of a cell such as `F01[0001].C07`; undefined of a fixed cell. */
export function splitRow(
  cell: string,
): { readonly tab: string; readonly key: string; readonly column: string } | undefined {
  const [, tab, key, column] = ROW_CELL.exec(cell) ?? []
  return tab && key && column ? { tab, key, column } : undefined
}
