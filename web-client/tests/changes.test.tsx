import { expect, it, vi } from 'vitest'
import { useChanges } from '../src/graphql/useChanges'
import { rendered } from './rendered'

interface Props {
  readonly value: number
  readonly isReady: boolean
  readonly onChange: () => void
}

function Probe({ value, isReady, onChange }: Props) {
  useChanges(value, onChange, isReady)
  return null
}

it('another value is told once, by the latest of its listeners, and as soon as that is ready', () => {
  const [first, latest] = [vi.fn<() => void>(), vi.fn<() => void>()]
  const { show } = rendered(<Probe value={1} isReady onChange={first} />)
  show(<Probe value={2} isReady={false} onChange={first} />)
  show(<Probe value={2} isReady onChange={latest} />)
  show(<Probe value={2} isReady onChange={latest} />)
  expect(first).not.toHaveBeenCalled()
  expect(latest).toHaveBeenCalledOnce()
})
