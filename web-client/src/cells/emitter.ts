/** Listeners of one thing, in the shape that `useSyncExternalStore` asks for. */
export class Emitter {
  version = 0
  private readonly listeners = new Set<() => void>()

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  snapshot = (): number => this.version

  emit(): void {
    this.version += 1
    for (const listener of this.listeners) listener()
  }
}
