import type { FeatureName } from '../shared/features.ts'
import { about } from './about/feature.ts'
import { directory } from './directory/feature.ts'
import { documents } from './documents/feature.ts'
import { home } from './home/feature.ts'
import { news } from './news/feature.ts'
import { session } from './session/feature.ts'
import type { AllFeatures, Feature } from './ui/feature.ts'
import { work } from './work/feature.ts'

/**
 * Every feature of the web app: the one list of this layer. It does not compile without a feature that has a contract or a
 * feature.ts, nor without a screen for each address that they declare.
 */
const features: AllFeatures & { readonly [Name in FeatureName]: Feature } = {
  about,
  directory,
  documents,
  home,
  news,
  session,
  work,
}

/** The same as a list, for what concerns every feature alike. */
export const featureList: readonly Feature[] = Object.values({ ...features })

/** A feature by its name, with which the names of its writes begin; undefined if this version has none of that name. */
export const featureNamed = (name: string): Feature | undefined =>
  Object.entries<Feature>({ ...features }).find(([own]) => own === name)?.[1]
