import { queryClient } from '../platform/content.ts'
import type { Path } from '../platform/navigation.ts'
import { registerWrites } from '../platform/write.ts'
import type { Feature, Screen } from '../ui/feature.ts'
import { type Chunk, chunk } from './chunk.tsx'

/** A screen that the router can show. */
export type RoutedScreen = Pick<Screen, 'for' | 'layout'> & { readonly path: Path; readonly chunk: Chunk }

/** Sorts after every literal segment; one parameter is like another. */
const sortKey = (path: string): string => path.replace(/:\w+/g, '\uffff')

/**
 * The order in which paths are matched: of two that match the same address, the one whose first differing segment is
 * literal comes first, so `/news/write/:news` is tried before `/news/:audience/:news`. Negative if `a` comes first.
 */
export const comparePaths = (a: string, b: string): number => {
  const [left, right] = [sortKey(a), sortKey(b)]
  return left === right ? 0 : left < right ? -1 : 1
}

/** Registers the writes of a feature, so that they can be sent. */
export const registerWritesOf = async ({ writes }: Feature): Promise<void> => {
  if (writes) registerWrites(queryClient, await writes())
}

/** The screens of all features, in the order in which their paths are matched. A screen comes with its feature's writes. */
export const screensOf = (features: readonly Feature[]): readonly RoutedScreen[] => {
  const chunks = new Map<Screen['load'], Chunk>()
  const chunkOf = (feature: Feature, load: Screen['load']): Chunk => {
    const known =
      chunks.get(load) ??
      chunk(async () => (await Promise.all([load(features), registerWritesOf(feature)] as const))[0])
    chunks.set(load, known)
    return known
  }
  return features
    .flatMap(feature => (Object.entries(feature.screens) as [Path, Screen][]).map(one => ({ feature, one })))
    .map(({ feature, one: [path, screen] }) => ({
      path,
      chunk: chunkOf(feature, screen.load),
      for: screen.for,
      layout: screen.layout,
    }))
    .sort((a, b) => comparePaths(a.path, b.path))
}
