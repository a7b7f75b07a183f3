import type { Problem } from '../graphql/problem'
import { encodeBase64 } from '../text/base64'
import { FILE_CHANGED, readFile } from '../text/readFile'

// As the server's own limit.
const MOST_BYTES = 8_000_000

/** The file in base64: its encoding is the server's to find out. */
export async function readCsv(file: File): Promise<{ readonly content: string } | Problem> {
  if (file.size > MOST_BYTES)
    return {
      code: 'FILE_TOO_LARGE',
      message: 'Ce fichier dépasse 8\u00a0Mo\u00a0: vérifiez que c’est bien une liste de dossiers.',
      details: {},
    }
  const bytes = await readFile(file)
  return bytes ? { content: encodeBase64(bytes) } : FILE_CHANGED
}
