import { typeset } from '../text/typeset'
import type { Kind, Pack, PackCell, PackColumn, PackLine, PackTab } from './pack'

/** The published file, as far as the screens read it; formulas and checks are left to others. */
interface PackFile {
  readonly title: string
  readonly form_label: string
  readonly tabs: Readonly<Record<string, TabFile>>
  readonly cells: Readonly<Record<string, CellFile>>
  readonly lists: Readonly<Record<string, readonly string[]>>
  /** `A1` or `A1.L011` → what the form says of the tab, of the line. */
  readonly help?: Readonly<Record<string, string>>
  readonly selections: readonly { readonly title: string; readonly tabs: readonly string[] }[]
}

interface TabFile {
  readonly code: string
  readonly title: string
  readonly statement: string
  readonly unit: string
  readonly nature: 'fixed' | 'dynamic' | 'identity'
  readonly condition?: string | null
  readonly group?: string | null
  readonly columns: readonly {
    readonly code: string
    readonly label: string
    readonly kind: Kind
    readonly unit: string
  }[]
  readonly lines: readonly {
    readonly code: string
    readonly accounts: string
    readonly label: string
    readonly is_title: boolean
    readonly kinds: readonly string[] | null
    readonly condition?: string | null
  }[]
}

interface CellFile {
  readonly id: string
  readonly tab: string
  readonly line: string
  readonly column: string
  readonly kind: Kind
  readonly unit: string
  readonly only: readonly string[] | null
}

/** The pack as an organism of that category sees it: the lines of the other kinds are left out. */
export function readPack(json: unknown, category: string): Pack {
  const file = json as PackFile
  const byLine = groupByLine(file, category)
  const help = file.help ?? {}
  const tabs = Object.values(file.tabs).map((tab) => readTab(tab, byLine, category, help))
  return {
    title: file.title,
    formLabel: file.form_label,
    tabs: new Map(tabs.map((tab) => [tab.code, tab])),
    lists: new Map(Object.entries(file.lists)),
    isConditional: Object.values(file.tabs).some(isConditional),
    sharesCells: Object.values(file.cells).some(({ kind }) => kind === 'T'),
    selections: file.selections,
  }
}

function isConditional({ condition, lines }: TabFile): boolean {
  return Boolean(condition) || lines.some((line) => line.condition)
}

function groupByLine(file: PackFile, category: string): Map<string, Map<string, PackCell>> {
  const lines = new Map<string, Map<string, PackCell>>()
  for (const { id, tab, line, column, kind, unit, only } of Object.values(file.cells)) {
    if (only && !only.includes(category)) continue
    const key = `${tab}.${line}`
    let cells = lines.get(key)
    if (!cells) lines.set(key, (cells = new Map()))
    cells.set(column, { id, kind, unit })
  }
  return lines
}

function readTab(
  tab: TabFile,
  byLine: ReadonlyMap<string, ReadonlyMap<string, PackCell>>,
  category: string,
  help: Readonly<Record<string, string>>,
): PackTab {
  const columns: PackColumn[] = tab.columns.map(({ code, label, kind, unit }) => ({
    code,
    label: typeset(label),
    kind,
    unit,
  }))
  const lines: PackLine[] = tab.lines
    .filter(({ kinds }) => !kinds || kinds.includes(category))
    .map(({ code, accounts, label, is_title: isTitle }) => {
      const place = `${tab.code}.${code}`
      const cells = byLine.get(place) ?? new Map()
      return { code, accounts, label: typeset(label), isTitle, cells, help: help[place] && typeset(help[place]) }
    })
  const { code, title, statement, unit, nature, group } = tab
  return {
    code,
    title: typeset(title),
    statement: typeset(statement),
    unit,
    dynamic: nature === 'dynamic',
    group: group ?? undefined,
    help: help[code] && typeset(help[code]),
    columns,
    lines,
  }
}
