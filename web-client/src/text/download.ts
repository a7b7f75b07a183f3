import { type Problem, UNREACHABLE } from '../graphql/problem'

interface Refusal {
  readonly message?: string
  readonly extensions?: { readonly code?: string }
}

/** Fetches a file of this origin and hands it to the browser; a refusal comes back in the server's words. */
export async function download(url: string): Promise<Problem | undefined> {
  try {
    const response = await fetch(url, { credentials: 'same-origin' })
    if (!response.ok) {
      const { message, extensions } = (await response.json()) as Refusal
      return { ...UNREACHABLE, ...(message && { message }), ...(extensions?.code && { code: extensions.code }) }
    }
    save(await response.blob(), nameOf(response))
    return undefined
  } catch {
    return UNREACHABLE
  }
}

/** Has the browser fetch a file that is too large to be held here. */
export function downloadLarge(url: string): void {
  follow(url, '')
}

/** `er_2024_732829320.xlsx` in `attachment; filename*=UTF-8''er_2024_732829320.xlsx`. */
function nameOf(response: Response): string {
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')
  return decodeURIComponent(named?.[1] ?? 'harmonia')
}

function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  follow(url, name)
  URL.revokeObjectURL(url)
}

function follow(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}
