import { useSyncExternalStore } from 'react'
import type { Emitter } from './emitter'

/** Draws again each time the emitter speaks; the number it returns is good as a dependency. */
export function useVersion(emitter: Emitter): number {
  return useSyncExternalStore(emitter.subscribe, emitter.snapshot)
}
