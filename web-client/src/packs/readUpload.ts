import type { PackFileInput } from '../gen/graphql'
import type { Problem } from '../graphql/problem'
import { encodeBase64 } from '../text/base64'
import { unzip } from './unzip'

/** What is sent in: the texts of a form, or its workbook in base64. */
export type Content =
  | { readonly files: readonly PackFileInput[]; readonly sheet?: undefined }
  | { readonly files?: undefined; readonly sheet: string }

export type Read =
  { readonly content: Content; readonly form?: string; readonly year?: number } | { readonly problem: Problem }

const HEADER = /^\s*@formulaire\s+([^|\n]*)\|([^|\n]*)\|/m
const MOST_BYTES = 5_000_000

/** Reads what was chosen: texts and cases, an archive of them, or a workbook. The header says which form it is. */
export async function readUpload(chosen: readonly File[]): Promise<Read> {
  const [first] = chosen
  if (!first) return fail('PACK_FILES_MISSING', 'Aucun fichier n’est choisi.')
  if (chosen.reduce((total, file) => total + file.size, 0) > MOST_BYTES)
    return fail('PACK_TOO_LARGE', 'Ces fichiers dépassent 5\u00a0Mo : n’envoyez que ceux du formulaire.')
  const kinds = new Set(chosen.map((file) => suffixOf(file.name)))
  if (chosen.length === 1 && kinds.has('xlsx')) return { content: { sheet: encodeBase64(await bytesOf(first)) } }
  if (chosen.length === 1 && kinds.has('zip')) return readArchive(first)
  if ([...kinds].some((kind) => kind !== 'txt' && kind !== 'json'))
    return fail(
      'PACK_FILES_MIXED',
      'Choisissez les fichiers .txt et .json du formulaire, ou une seule archive ZIP, ou un seul classeur XLSX.',
    )
  return readTexts(await Promise.all(chosen.map(async (file) => [file.name, await bytesOf(file)] as const)))
}

async function readArchive(file: File): Promise<Read> {
  try {
    return readTexts([...(await unzip(await bytesOf(file)))].filter(([name]) => !isHidden(name)))
  } catch {
    return fail('PACK_ARCHIVE_UNREADABLE', 'Cette archive ZIP ne se lit pas : refaites-la.')
  }
}

function readTexts(found: readonly (readonly [string, Uint8Array])[]): Read {
  const files: PackFileInput[] = []
  for (const [path, bytes] of found) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      files.push({ name: suffixOf(name) === 'json' ? `tests/${name}` : name, text })
    } catch {
      return fail('PACK_ENCODING', `Le fichier ${name} n’est pas codé en UTF-8 : enregistrez-le dans ce codage.`)
    }
  }
  const header = HEADER.exec(files.find((file) => file.name === 'pack.txt')?.text ?? '')
  const year = Number(header?.[2])
  return { content: { files }, form: header?.[1]?.trim(), year: Number.isInteger(year) ? year : undefined }
}

async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer())
}

function suffixOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase()
}

/** What some systems slip into the archives that they make. */
function isHidden(path: string): boolean {
  return path.split('/').some((step) => step.startsWith('.') || step.startsWith('__'))
}

function fail(code: string, message: string): { problem: Problem } {
  return { problem: { code, message, details: {} } }
}
