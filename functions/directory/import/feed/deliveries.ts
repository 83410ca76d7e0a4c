import { dirname } from 'node:path/posix'
import { importPatterns } from '../../patterns.ts'
import { aafDay, aafStreams, aafTwice } from '../aaf/choose.ts'
import { fileNameOf } from '../aaf/file-name.ts'
import type { Dialect } from '../oneroster/bundle.ts'
import { bundlesOf, dayOfBundle, isOfBundle, schoolsOf } from '../oneroster/bundles.ts'
import { dialectOf, type Manifest, manifestOf, noManifest, oneRosterFiles } from '../oneroster/manifest.ts'
import type { ImportTable } from '../platform.ts'
import type { Staging } from '../staging.ts'
import { consistent } from '../stored.ts'
import type { Chosen } from './chosen.ts'
import type { FeedFile } from './file.ts'
import { type Finding, ImportRefused } from './finding.ts'
import { foreignFeed } from './foreign.ts'

type Found = (finding: Finding) => void

const aafDeliveries = (files: readonly FeedFile[], found: Found): Chosen[] =>
  aafStreams(files).flatMap(({ source, files: own, delta }): Chosen[] => {
    const twice = aafTwice(own)
    if (!twice) return [{ format: 'aaf', source, delta, date: aafDay(own), files: own, manifest: noManifest }]
    const [one, other] = twice
    const reason = `it is the same part of the same delivery as ${one.name}: import one of the two folders or archives`
    found({ kind: 'asked', file: other.name, reason: `${reason}. Nothing of ${source} is imported` })
    return []
  })

type Bundled = {
  readonly place: string
  readonly dialect: Dialect
  readonly files: readonly FeedFile[]
  readonly manifest: Manifest
  readonly uais: readonly string[]
}

const placeOf = (files: readonly FeedFile[]) => dirname(files[0]?.name ?? '')

const bundled = async (files: readonly FeedFile[], scratch: Staging): Promise<Bundled | undefined> => {
  const foreign = await foreignFeed(files)
  if (foreign) throw new ImportRefused(`${files[0]?.name}: ${foreign}`)
  const dialect = await dialectOf(files)
  if (!dialect) return undefined
  const delivery = { files, staging: scratch, source: '', strict: false, progress: () => {}, apply: () => {} }
  const manifest = await manifestOf(oneRosterFiles(files).get('manifest'), delivery)
  return { place: placeOf(files), dialect, files, manifest, uais: await schoolsOf(files, dialect, manifest) }
}

/**
 * The source of a bundle: that of its schools, if earlier bundles described them. Keys of bundles that lie beside one
 * another may be the same, so that each of these has a source of its own.
 */
const sourceOf = async ({ dialect, uais }: Bundled, several: boolean, table: ImportTable): Promise<string> => {
  for (const uai of uais) {
    const source = (await table.get(importPatterns.school, { uai }, consistent))?.source
    if (source === dialect || source?.startsWith(`${dialect}:`)) return source
  }
  return several && uais[0] ? `${dialect}:${uais[0].toLowerCase()}` : dialect
}

/** Two bundles of which nobody can tell which is the newer one: both are bulk and describe the same school. */
const rivals = (bundles: readonly Bundled[]): [Bundled, Bundled, string] | undefined => {
  const found = new Map<string, Bundled>()
  for (const bundle of bundles.filter(one => !one.manifest.delta))
    for (const uai of bundle.uais) {
      const other = found.get(uai)
      // The one deeper in the folders is named, the other as where it is described too.
      if (other) return other.place.length < bundle.place.length ? [other, bundle, uai] : [bundle, other, uai]
      found.set(uai, bundle)
    }
  return undefined
}

const named = (place: string) => (place === '.' ? 'the folder above' : place)

const bundleDeliveries = async (
  all: readonly FeedFile[][],
  { table, scratch, found }: { table: ImportTable; scratch: Staging; found: Found },
): Promise<Chosen[]> => {
  const bundles: Bundled[] = []
  for (const files of all)
    try {
      const bundle = await bundled(files, scratch)
      if (bundle) bundles.push(bundle)
      else
        for (const { name: file } of files)
          found({ kind: 'left-out', file, reason: 'it is no feed by itself: it is not read' })
    } catch (error) {
      if (!(error instanceof ImportRefused) || all.length === 1) throw error
      found({ kind: 'refused', file: placeOf(files), reason: error.message })
    }
  const rival = rivals(bundles)
  if (rival) {
    const [one, other, uai] = rival
    const reason = `it describes the school ${uai} as ${named(one.place)} does, and neither says which is newer`
    found({
      kind: 'asked',
      file: other.files[0]?.name ?? '',
      reason: `${reason}: import the one that counts, by its own path`,
    })
    return []
  }
  const bulk = bundles.filter(one => !one.manifest.delta).length
  return Promise.all(
    bundles.map(
      async (bundle): Promise<Chosen> => ({
        format: bundle.dialect,
        source: await sourceOf(bundle, bulk > 1, table),
        delta: bundle.manifest.delta,
        date: await dayOfBundle(bundle.files, bundle.manifest),
        files: bundle.files,
        manifest: bundle.manifest,
      }),
    ),
  )
}

/** Names each file that belongs to no delivery. */
const nameOthers = (files: readonly FeedFile[], hasBundles: boolean, found: Found) => {
  for (const { name } of files)
    if (/\.xml$/i.test(name))
      found({ kind: 'left-out', file: name, reason: 'its name is not that of an AAF file: it is not read' })
    else if (hasBundles) found({ kind: 'left-out', file: name, reason: 'Préau has no need of it: it is not read' })
    else found({ kind: 'left-out', file: name, reason: 'it is no file of OneRoster’s that is read' })
}

/** In the order they are imported: complete deliveries first, then deltas, each by day. */
const order = ({ delta, date, source }: Chosen) => [delta ? 1 : 0, date ?? '', source].join('#')

/**
 * The deliveries that lie under a path, in the order they are imported. Whatever is not read is reported, and what
 * nobody can tell is asked.
 * @throws ImportRefused where there is none, or the only one cannot be read
 */
export const deliveriesOf = async (
  files: readonly FeedFile[],
  path: string,
  platform: { table: ImportTable; scratch: Staging; found: Found },
): Promise<Chosen[]> => {
  const aaf = files.filter(file => fileNameOf(file.name))
  const bundles = bundlesOf(files)
  const foreign = bundles.length === 0 && aaf.length === 0 ? await foreignFeed(files) : undefined
  if (foreign) throw new ImportRefused(`${path}: ${foreign}`)
  const asked: Finding[] = []
  const found = (finding: Finding) => {
    if (finding.kind === 'asked') asked.push(finding)
    platform.found(finding)
  }
  const chosen = [...aafDeliveries(aaf, found), ...(await bundleDeliveries(bundles, { ...platform, found }))]
  if (chosen.length === 0 && asked.length === 0)
    throw new ImportRefused(
      `${path} holds no directory feed: neither AAF files (…_Eleve_….xml) nor OneRoster files (orgs.csv, users.csv)`,
    )
  nameOthers(
    files.filter(file => !aaf.includes(file) && !isOfBundle(file)),
    bundles.length > 0,
    found,
  )
  return chosen.sort((a, b) => (order(a) < order(b) ? -1 : 1))
}
