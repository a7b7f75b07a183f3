import { type Problem, UNREACHABLE } from '../graphql/problem'

/** Beyond it, a file is sent in parts, so that a cut loses one of them and not the whole. */
export const PART = 1024 * 1024

/** How sending ended: it is there, it was cut and can be taken up again, or it is refused. */
export type Outcome =
  | { readonly kind: 'arrived' }
  | { readonly kind: 'cut'; readonly problem: Problem }
  | { readonly kind: 'refused'; readonly problem: Problem }

export interface Answer {
  readonly status: number
  readonly body: {
    readonly received?: number
    readonly message?: string
    readonly extensions?: { readonly code?: string; readonly details?: Readonly<Record<string, unknown>> }
  }
}

/** Sends one body by PUT; rejects where the network gives up. */
export type Put = (
  url: string,
  body: Blob,
  range: string | undefined,
  onProgress: (sent: number) => void,
) => Promise<Answer>

/**
 * Sends a content from the byte that the server has reached. What it has received is believed over what was
 * sent: an answer that was lost is asked for again, and nothing is sent twice into the file.
 */
export async function sendContent(
  file: Blob,
  url: string,
  from: number,
  onProgress: (sent: number) => void,
  put: Put,
): Promise<Outcome> {
  let start = from
  let corrected = 0
  while (start < file.size || start === 0) {
    const whole = file.size <= PART && start === 0
    const stop = whole ? file.size : Math.min(start + PART, file.size)
    const reached = start
    let answer: Answer
    try {
      const range = whole ? undefined : `bytes ${start}-${stop - 1}/${file.size}`
      // oxlint-disable-next-line no-await-in-loop -- a part follows the one before it
      answer = await put(url, file.slice(start, stop), range, (sent) => onProgress(reached + sent))
    } catch {
      return { kind: 'cut', problem: UNREACHABLE }
    }
    const { status, body } = answer
    const code = body.extensions?.code
    if (status === 200 || code === 'ATTACHMENT_ARRIVED') return { kind: 'arrived' }
    if (status === 202) {
      start = body.received ?? stop
      onProgress(start)
      continue
    }
    const elsewhere = body.extensions?.details?.received
    if (code === 'ATTACHMENT_PART_ELSEWHERE' && typeof elsewhere === 'number' && corrected < 3) {
      corrected += 1
      start = elsewhere
      continue
    }
    const problem = { code: code ?? 'INTERNAL', message: body.message ?? UNREACHABLE.message, details: {} }
    return { kind: status >= 500 || code === 'ATTACHMENT_CUT' ? 'cut' : 'refused', problem }
  }
  return { kind: 'arrived' }
}

/** `fetch` tells nothing of how much is sent; the older way does. Once `left`, nothing more is sent. */
export const putUntil =
  (left: AbortSignal): Put =>
  (url, body, range, onProgress) =>
    new Promise((resolve, reject) => {
      if (left.aborted) return reject(new Error('cut'))
      const request = new XMLHttpRequest()
      request.open('PUT', url)
      if (range) request.setRequestHeader('content-range', range)
      request.setRequestHeader('content-type', 'application/octet-stream')
      request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded))
      request.addEventListener('load', () => resolve({ status: request.status, body: parsed(request.responseText) }))
      request.addEventListener('error', () => reject(new Error('cut')))
      request.addEventListener('abort', () => reject(new Error('cut')))
      left.addEventListener('abort', () => request.abort(), { once: true })
      return request.send(body)
    })

function parsed(text: string): Answer['body'] {
  try {
    return JSON.parse(text) as Answer['body']
  } catch {
    return {}
  }
}
