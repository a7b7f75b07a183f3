import { useEffect, useState } from 'react'
import { type Client, useClient } from 'urql'
import { FormTabsDocument, type FormTabsQuery, FormsFoundDocument } from '../gen/graphql'
import { type Problem, problemOf } from '../graphql/problem'
import { usePack } from '../pack/usePack'
import { type Chosen, type MassTarget, shareForm } from './mass'

interface Found {
  /** Undefined as long as it is not known. */
  readonly isShared?: boolean
  readonly dossier?: FormTabsQuery['dossier']
  readonly problem?: Problem
}

/** The tabs of the one form that all the dossiers are of, read from one of them. */
export function useSharedTabs(target: MassTarget, chosen: readonly Chosen[]) {
  const client = useClient()
  const [found, setFound] = useState<Found>({})
  const { dossier } = found
  const { pack } = usePack(dossier?.packUrl, dossier?.organism.category)
  useEffect(() => {
    let wanted = true
    void find(client, target, chosen).then((answer) => wanted && setFound(answer))
    return () => {
      wanted = false
    }
    // Once: the window opens over the dossiers that were chosen then.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [client])
  return { ...found, parts: dossier?.parts, selections: pack?.selections ?? [] }
}

async function find(client: Client, target: MassTarget, chosen: readonly Chosen[]): Promise<Found> {
  const sample = 'dossiers' in target ? sampleOf(chosen) : await sampleIn(client, target)
  if (typeof sample !== 'string') return sample
  const { data, error } = await client.query(FormTabsDocument, { dossier: sample })
  return data ? { isShared: true, dossier: data.dossier } : { problem: problemOf(error) }
}

function sampleOf(chosen: readonly Chosen[]): string | Found {
  const [first] = chosen
  return first && shareForm(chosen) ? first.id : { isShared: false }
}

/** All of a list or of a search: what it is made of is counted by the server. */
async function sampleIn(
  client: Client,
  target: Exclude<MassTarget, { dossiers: readonly string[] }>,
): Promise<string | Found> {
  const criteria = 'workList' in target ? { workList: target.workList } : target.criteria
  const { data, error } = await client.query(FormsFoundDocument, { criteria }, { requestPolicy: 'network-only' })
  if (!data) return { problem: problemOf(error) }
  const { edges, facets } = data.dossiers
  const isShared = facets.forms.length === 1 && facets.years.length === 1
  return (isShared && edges[0]?.node.id) || { isShared: false }
}
