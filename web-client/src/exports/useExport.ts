import { ExportDocument, type ExportFieldsFragment } from '../gen/graphql'
import type { Problem } from '../graphql/problem'
import { useFollowed } from '../graphql/useFollowed'

export function isUnderWay({ state }: { readonly state: ExportFieldsFragment['state'] }): boolean {
  return state === 'WAITING' || state === 'RUNNING'
}

/** A job, followed until it ends. */
export function useExport(id: string): { job?: ExportFieldsFragment; problem?: Problem } {
  const { data, problem } = useFollowed(ExportDocument, { id }, (answer) => isUnderWay(answer.export))
  return { job: data?.export, problem }
}
