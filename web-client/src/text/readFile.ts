import type { Problem } from '../graphql/problem'

/** A browser reads no longer a file that was written to, moved or deleted after it was chosen. */
export const FILE_CHANGED: Problem = {
  code: 'FILE_CHANGED',
  message: 'Ce fichier a changé depuis que vous l’avez choisi\u00a0: choisissez-le de nouveau.',
  details: {},
}

/** The bytes of a file that was chosen, undefined where it is no longer what was chosen. */
export async function readFile(file: File): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return undefined
  }
}
