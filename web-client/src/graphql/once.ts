import type { AnyVariables, Client, OperationContext, TypedDocumentNode } from '@urql/core'
import { freshKey } from '../text/key'
import { type Problem, problemOf } from './problem'

export interface Outcome<Data> {
  readonly data?: Data
  readonly problem?: Problem
}

/**
 * Sends acts, each under a key of its own: the same act sent again after its answer was lost keeps its key, and
 * is done once; another act takes another. A key goes when its act is known to be done: a refused act has left
 * nothing under it.
 */
export function onceBy(client: Pick<Client, 'mutation'>, context?: Partial<OperationContext>) {
  const keys = new Map<string, string>()
  return async <Data, Variables extends AnyVariables & { readonly key: string }>(
    document: TypedDocumentNode<Data, Variables>,
    asked: Omit<Variables, 'key'>,
  ): Promise<Outcome<Data>> => {
    const act = `${nameOf(document)} ${JSON.stringify(asked)}`
    const key = keys.get(act) ?? freshKey()
    keys.set(act, key)
    const { data, error } = await client.mutation(document, { ...asked, key } as unknown as Variables, context)
    const problem = problemOf(error)
    if (problem) return { problem }
    keys.delete(act)
    return { data }
  }
}

export type Once = ReturnType<typeof onceBy>

function nameOf({ definitions }: { readonly definitions: readonly object[] }): string {
  const [first] = definitions as readonly { readonly name?: { readonly value: string } }[]
  return first?.name?.value ?? ''
}
