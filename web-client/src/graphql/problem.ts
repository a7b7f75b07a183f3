import type { CombinedError } from '@urql/core'

/** What went wrong, as the user may read it. */
export interface Problem {
  readonly code: string
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
  /** What it is about, in the request: `['account', 'email']`. */
  readonly path?: readonly string[]
}

export const UNREACHABLE: Problem = {
  code: 'UNREACHABLE',
  message:
    'Le serveur ne répond pas. Vérifiez votre connexion, puis réessayez\u00a0: ce que vous avez saisi est conservé ici.',
  details: {},
}

/** The first problem of an answer; a failure of the network has a sentence of its own. */
export function problemOf(error: CombinedError | undefined): Problem | undefined {
  if (!error) return undefined
  const [first] = error.graphQLErrors
  if (!first) return UNREACHABLE
  const { code, details, path } = first.extensions as Partial<Problem>
  return { code: code ?? 'INTERNAL', message: first.message, details: details ?? {}, path }
}

export function codeOf(error: CombinedError | undefined): string | undefined {
  return problemOf(error)?.code
}
