import type { Headers } from '../http.ts'
import type { Freshness } from './freshness.ts'

/** A cached reply. */
export type Copy = {
  readonly status: number
  /** The headers as the origin sent them, which a revalidation updates. */
  readonly received: Headers
  readonly freshness: Freshness
  /** The header lines for viewers as a flat list: name, value, name, value. */
  readonly lines: readonly string[]
  readonly etag: string | undefined
  readonly lastModified: string | undefined
  /** `date` as the origin sent it last; the edge's time if it sent none. */
  readonly date: string
  readonly body: Buffer
}

/** Bytes counted for a copy's headers and its entry in the map. */
const overhead = 2_000

/** Copies by cache key, up to `capacity` bytes; the least recently used are evicted first. */
export class Store {
  readonly #copies = new Map<string, Copy>()
  readonly #capacity: number
  #bytes = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get bytes(): number {
    return this.#bytes
  }

  get(key: string): Copy | undefined {
    const copy = this.#copies.get(key)
    if (copy) {
      this.#copies.delete(key)
      this.#copies.set(key, copy)
    }
    return copy
  }

  set(key: string, copy: Copy): void {
    this.delete(key)
    const size = copy.body.length + key.length + overhead
    if (size > this.#capacity) return
    this.#copies.set(key, copy)
    this.#bytes += size
    for (const oldest of this.#copies.keys()) {
      if (this.#bytes <= this.#capacity) return
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    const copy = this.#copies.get(key)
    if (!copy) return
    this.#copies.delete(key)
    this.#bytes -= copy.body.length + key.length + overhead
  }
}
