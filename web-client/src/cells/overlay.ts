import { Emitter } from './emitter'

/** Cells and what stands in them; null is blank. */
export type Typed = ReadonlyMap<string, string | null>

export interface Counts {
  readonly blocking: number
  readonly major: number
  readonly minor: number
}

/** What computes the form in the browser (formula/live.ts, loaded only by those who type). */
export interface LiveEngine {
  /** The version of the dossier whose values it holds. */
  readonly version: number
  /** The computed cells that these drafts change, with what they become. */
  show(drafts: Typed): Typed
  /** What the server keeps from now on. */
  keep(writes: Typed, version: number): LiveEngine
  /** The checks that fail with the drafts shown last. */
  counts(): Counts
  /** The tabs and lines (`AC02`, `EF01.L025`) whose condition does not hold with them. */
  hidden(): ReadonlySet<string>
}

/**
 * What the browser computes over the server's values while something is typed. Only cells that a
 * draft changes are in it: once the server has answered there is none, and the server's value shows.
 */
export class Overlay {
  /** Speaks when the number of failing checks changed. */
  readonly counted = new Emitter()
  /** Speaks when the values computed from are no longer those of the server. */
  readonly outdated = new Emitter()
  /** Speaks when a tab or a line appears or goes. */
  readonly hiding = new Emitter()
  counts: Counts | undefined
  /** The same object as long as the same tabs and lines are hidden. */
  hidden: ReadonlySet<string> = new Set()
  private engine: LiveEngine | undefined
  private values: Typed = new Map()
  private drafts: Typed = new Map()
  private preview: readonly [id: string, value: string | null] | undefined

  constructor(
    private readonly typed: () => Map<string, string | null>,
    private readonly redraw: (id: string) => void,
  ) {}

  /** Computes with this from now on; without it, the server's results are waited for. */
  attach(engine: LiveEngine | undefined): void {
    if (engine && this.engine && engine.version < this.engine.version) {
      // Read before the last write was kept: to be read again.
      this.outdated.emit()
      return
    }
    this.engine = engine
    this.compute(this.current())
  }

  valueOf(id: string): string | null | undefined {
    return this.values.get(id)
  }

  /** Shows what a cell would do as its text stands in the editor; undefined when the editor closes. */
  show(id: string, value: string | null | undefined): void {
    if (value === undefined && this.preview?.[0] !== id) return
    this.preview = value === undefined ? undefined : [id, value]
    this.update()
  }

  /** Computes anew if what is typed is not what it was. */
  update(): void {
    const drafts = this.current()
    if (!sameMap(drafts, this.drafts)) this.compute(drafts)
  }

  /** The server keeps these; anyone else's write in between means that more than these changed. */
  kept(writes: Typed, version: number): void {
    if (!this.engine) return
    if (version !== this.engine.version + 1) this.outdated.emit()
    this.engine = this.guarded((engine) => engine.keep(writes, version))
    this.compute(this.current())
  }

  /** A version of the dossier was read from the server. */
  seen(version: number): void {
    if (this.engine && version > this.engine.version) this.outdated.emit()
  }

  private current(): Typed {
    const drafts = this.typed()
    return this.preview ? drafts.set(...this.preview) : drafts
  }

  private compute(drafts: Typed): void {
    this.drafts = drafts
    const before = this.values
    this.values = this.guarded((engine) => engine.show(drafts)) ?? new Map()
    const counts = this.guarded((engine) => engine.counts())
    for (const id of new Set([...before.keys(), ...this.values.keys()])) {
      if (before.get(id) !== this.values.get(id) || before.has(id) !== this.values.has(id)) this.redraw(id)
    }
    this.hide(this.guarded((engine) => engine.hidden()) ?? new Set())
    if (JSON.stringify(counts) === JSON.stringify(this.counts)) return
    this.counts = counts
    this.counted.emit()
  }

  private hide(hidden: ReadonlySet<string>): void {
    if (hidden.size === this.hidden.size && [...hidden].every((name) => this.hidden.has(name))) return
    this.hidden = hidden
    this.hiding.emit()
  }

  /** A value that the browser cannot compute with is no reason to stop typing: the server computes. */
  private guarded<T>(use: (engine: LiveEngine) => T): T | undefined {
    try {
      return this.engine && use(this.engine)
    } catch {
      this.engine = undefined
      return undefined
    }
  }
}

function sameMap(one: Typed, other: Typed): boolean {
  if (one.size !== other.size) return false
  for (const [id, value] of one) if (!other.has(id) || other.get(id) !== value) return false
  return true
}
