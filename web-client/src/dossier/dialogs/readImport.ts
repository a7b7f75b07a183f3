import type { Problem } from '../../graphql/problem'
import { encodeBase64 } from '../../text/base64'
import { FILE_CHANGED, readFile } from '../../text/readFile'

export type ImportKind = 'xml' | 'xlsx' | 'csv'

/** A file ready to be sent: an XML file as text, the others in base64. */
export interface ImportFile {
  readonly name: string
  readonly kind: ImportKind
  readonly content: string
}

// As the server's own: with base64 around them, what a request may carry.
const MOST_MEGABYTES: Readonly<Record<ImportKind, number>> = { xml: 5, xlsx: 10, csv: 10 }

/** Reads the file chosen; what it is shows by its name. */
export async function readImport(file: File): Promise<ImportFile | Problem> {
  const kind = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase()
  if (kind !== 'xml' && kind !== 'xlsx' && kind !== 'csv')
    return problem('FILE_KIND', 'Ce fichier n’est ni un XML, ni un classeur XLSX, ni un CSV : choisissez-en un autre.')
  const most = MOST_MEGABYTES[kind]
  if (file.size > most * 1_000_000)
    return problem('FILE_TOO_LARGE', `Ce fichier dépasse ${most} Mo : vérifiez que c’est bien celui du dossier.`)
  const bytes = await readFile(file)
  if (!bytes) return FILE_CHANGED
  if (kind !== 'xml') return { name: file.name, kind, content: encodeBase64(bytes) }
  try {
    return { name: file.name, kind, content: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return problem('XML_ENCODING', 'Ce fichier n’est pas codé en UTF-8\u00a0: exportez-le de nouveau dans ce codage.')
  }
}

/** The dynamic tab that a CSV is of: `er_2024_732829320_f01.csv` says it; else the tab on screen, or the first. */
export function guessTab(name: string, dynamicTabs: readonly string[], current: string): string {
  const named = /_([^_.]+)\.csv$/i.exec(name)?.[1]?.toUpperCase() ?? ''
  return [named, current].find((code) => dynamicTabs.includes(code)) ?? dynamicTabs[0] ?? ''
}

function problem(code: string, message: string): Problem {
  return { code, message, details: {} }
}
