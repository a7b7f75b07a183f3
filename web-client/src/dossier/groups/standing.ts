import type { Client, CombinedError } from '@urql/core'
import type { TabContent } from '../../cells/tabStore'
import { splitKey } from '../../formula/address'
import { TabDocument } from '../../gen/graphql'
import type { Pack } from '../../pack/pack'

/** All that stands in the tabs of an instance, by cell; how many of these someone typed or forced. */
export interface Standing {
  readonly was: Readonly<Record<string, string>>
  readonly typed: number
}

export async function readStanding(
  client: Client,
  dossier: string,
  codes: readonly string[],
  pack: Pack | undefined,
): Promise<Standing | { error: CombinedError | undefined }> {
  const answers = await Promise.all(
    codes.map((code) => client.query(TabDocument, { id: dossier, code }, { requestPolicy: 'network-only' })),
  )
  const contents: [string, TabContent][] = []
  for (const [index, { data, error }] of answers.entries()) {
    if (!data) return { error }
    contents.push([codes[index]!, data.dossier.tab as unknown as TabContent])
  }
  return standingIn(contents, pack)
}

export function standingIn(
  contents: readonly (readonly [code: string, TabContent])[],
  pack: Pack | undefined,
): Standing {
  const was: Record<string, string> = {}
  let typed = 0
  for (const [code, { values, forced, rows }] of contents) {
    const tab = pack?.tabs.get(splitKey(code)[0])
    const kinds = new Map(tab?.columns.map((column) => [column.code, column.kind]))
    const fixed = new Map(
      tab?.lines.flatMap(({ cells }) => [...cells.values()].map(({ id, kind }) => [id, kind] as const)),
    )
    for (const [place, value] of Object.entries(values)) {
      was[`${code}.${place}`] = value
      if (place in forced || isTyped(fixed.get(`${tab?.code}.${place}`))) typed += 1
    }
    for (const { key, values: columns } of rows) {
      for (const [column, value] of Object.entries(columns)) {
        was[`${code}[${key}].${column}`] = value
        if (isTyped(kinds.get(column))) typed += 1
      }
    }
  }
  return { was, typed }
}

function isTyped(kind: string | undefined): boolean {
  return kind === 'S' || kind === 'T'
}
