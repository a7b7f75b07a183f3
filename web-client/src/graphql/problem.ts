import type { CombinedError } from '@urql/core'

/** What went wrong, as the user may read it. */
export interface Problem {
  readonly code: string
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}

export const UNREACHABLE: Problem = {
  code: 'UNREACHABLE',
  message:
    'Le serveur ne répond pas. Vérifiez votre connexion, puis réessayez\u202f: ce que vous avez saisi est conservé ici.',
  details: {},
}

/** The first problem of an answer; a failure of the network has a sentence of its own. */
export function problemOf(error: CombinedError | undefined): Problem | undefined {
  if (!error) return undefined
  const [first] = error.graphQLErrors
  if (!first) return UNREACHABLE
  const { code, details } = first.extensions as { code?: string; details?: Record<string, unknown> }
  return { code: code ?? 'INTERNAL', message: first.message, details: details ?? {} }
}

export function codeOf(error: CombinedError | undefined): string | undefined {
  return problemOf(error)?.code
}
