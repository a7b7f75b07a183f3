import { useState } from 'react'
import { splitKey } from '../../formula/address'
import type { Pack } from '../../pack/pack'
import { typeset } from '../../text/typeset'
import { Checkbox } from '../../ui/Checkbox'
import { Scroller } from '../../ui/Scroller'
import { Segmented } from '../../ui/Segmented'
import { GROUPINGS, type Grouping, allTrades } from '../grouping'
import type { Listed } from '../groups/instances'

interface Props {
  readonly parts: Listed['parts']
  readonly selections: Pack['selections']
  /** The tab on screen, marked in the list as the manual has it. */
  readonly current: string
  readonly chosen: ReadonlySet<string>
  readonly setChosen: (chosen: ReadonlySet<string>) => void
  /** What the box of all the tabs is called. */
  readonly whole?: string
}

interface Group {
  readonly title: string
  readonly codes: readonly string[]
}

const bare = (code: string) => splitKey(code)[0]

/** The whole dossier, parts or trades, single tabs: each box is half ticked when only some are chosen. */
export function TabChoice({ parts, selections, current, chosen, setChosen, whole = 'Tout le dossier' }: Props) {
  const [by, setBy] = useState<Grouping>('part')
  const titles = new Map(parts.flatMap(({ tabs }) => tabs.map(({ code, title }) => [code, title] as const)))
  const all = [...titles.keys()]
  const groups: Group[] =
    by === 'part'
      ? parts.map(({ code, title, tabs }) => ({ title: `${code} – ${title}`, codes: tabs.map((tab) => tab.code) }))
      : allTrades(selections, all.map(bare))
          .map(({ title, tabs }) => ({ title, codes: all.filter((code) => tabs.includes(bare(code))) }))
          .filter(({ codes }) => codes.length > 0)
  const box = (codes: readonly string[]) => {
    const count = codes.filter((code) => chosen.has(code)).length
    return {
      checked: count === codes.length,
      partly: count > 0 && count < codes.length,
      onChange: () =>
        setChosen(
          count === codes.length
            ? new Set([...chosen].filter((code) => !codes.includes(code)))
            : new Set([...chosen, ...codes]),
        ),
    }
  }
  return (
    <div className="tab-choice">
      <div className="tab-choice-head">
        <Checkbox {...box(all)}>
          <strong>{whole}</strong>
        </Checkbox>
        <Segmented label="Regrouper les onglets" options={GROUPINGS} value={by} onChange={setBy} />
      </div>
      <Scroller className="tab-choice-groups" label="Onglets à imprimer">
        {groups.map(({ title, codes }) => (
          <fieldset key={title}>
            <legend className="visually-hidden">{title}</legend>
            <Checkbox {...box(codes)}>
              <strong>{title}</strong>
            </Checkbox>
            <div className="tab-choice-tabs">
              {codes.map((code) => (
                <Checkbox key={code} className={code === current ? 'tab-choice-current' : ''} {...box([code])}>
                  <span className="tab-code tab-link-code">{code}</span> {typeset(titles.get(code) ?? '')}
                  {code === current && <span className="visually-hidden"> (onglet affiché)</span>}
                </Checkbox>
              ))}
            </div>
          </fieldset>
        ))}
      </Scroller>
    </div>
  )
}
