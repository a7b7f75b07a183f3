import { describe, expect, it } from 'vitest'
import { type Answer, PART, type Put, sendContent } from '../src/attachments/upload'

const SIZE = 2 * PART + 10
const FILE = new Blob([new Uint8Array(SIZE)])

/** A server that keeps parts in order; `cuts` are the requests that the network loses, before or after it. */
function server(cuts: Readonly<Record<number, 'before' | 'after'>> = {}) {
  const asked: (string | undefined)[] = []
  let received = 0
  const put: Put = async (_, body, range) => {
    asked.push(range)
    const cut = cuts[asked.length]
    if (cut === 'before') throw new Error('cut')
    const answer = keep(body.size, range)
    if (cut === 'after') throw new Error('cut')
    return answer
  }
  function keep(size: number, range: string | undefined): Answer {
    const start = range ? Number(/\d+/.exec(range)?.[0]) : 0
    if (received >= SIZE) return { status: 409, body: { extensions: { code: 'ATTACHMENT_ARRIVED' } } }
    if (start + size > received && start !== received) {
      return { status: 409, body: { extensions: { code: 'ATTACHMENT_PART_ELSEWHERE', details: { received } } } }
    }
    received = Math.max(received, start + size)
    return { status: received >= SIZE ? 200 : 202, body: { received } }
  }
  return { put, asked, received: () => received }
}

const still = () => undefined

describe('a content is sent', () => {
  it('in parts that follow each other, and tells how far it is', async () => {
    const { put, asked } = server()
    const told: number[] = []
    expect(await sendContent(FILE, '/x', 0, (sent) => told.push(sent), put)).toEqual({ kind: 'arrived' })
    expect(asked).toEqual([
      `bytes 0-${PART - 1}/${SIZE}`,
      `bytes ${PART}-${2 * PART - 1}/${SIZE}`,
      `bytes ${2 * PART}-${SIZE - 1}/${SIZE}`,
    ])
    expect(told).toEqual([PART, 2 * PART])
  })

  it('whole where it is small', async () => {
    const asked: (string | undefined)[] = []
    const put: Put = async (_, __, range) => {
      asked.push(range)
      return { status: 200, body: {} }
    }
    expect(await sendContent(new Blob(['x']), '/x', 0, still, put)).toEqual({ kind: 'arrived' })
    expect(asked).toEqual([undefined])
  })

  it.each(['before', 'after'] as const)('and taken up again where it was cut, %s the server had it', async (when) => {
    const { put, received } = server({ 2: when })
    expect((await sendContent(FILE, '/x', 0, still, put)).kind).toBe('cut')
    // What the screen knows may be behind what the server has.
    expect((await sendContent(FILE, '/x', 0, still, put)).kind).toBe('arrived')
    expect(received()).toBe(SIZE)
  })

  it('from where the server says, when another window went further', async () => {
    const { put, asked } = server()
    expect((await sendContent(FILE, '/x', PART, still, put)).kind).toBe('arrived')
    expect(asked[1]).toBe(`bytes 0-${PART - 1}/${SIZE}`)
  })

  it('and a refusal is told in the words of the server', async () => {
    const body = { message: 'Non.', extensions: { code: 'ATTACHMENT_KIND_FALSE' } }
    const outcome = await sendContent(FILE, '/x', 0, still, async () => ({ status: 400, body }))
    expect(outcome).toEqual({
      kind: 'refused',
      problem: { code: 'ATTACHMENT_KIND_FALSE', message: 'Non.', details: {} },
    })
  })
})
