/**
 * The Regions a territory may stand in: those of the European Union, each with the nearest one that has CloudFront's
 * Origin Shield and is in the Union too (AWS itself names London for Paris).
 * Source: Amazon CloudFront Developer Guide, "Using Origin Shield".
 */
export const europeanRegions = {
  'eu-central-1': 'eu-central-1',
  'eu-north-1': 'eu-central-1',
  'eu-south-1': 'eu-central-1',
  'eu-south-2': 'eu-west-1',
  'eu-west-1': 'eu-west-1',
  'eu-west-3': 'eu-central-1',
} as const satisfies Record<string, string>

export type EuropeanRegion = keyof typeof europeanRegions

/** Requests the table takes from its first second, without having grown to them: units per second. */
export type WarmThroughput = { readonly reads: number; readonly writes: number }

/** One deployment: a region, a county, an académie. */
export type Territory = {
  /** Lower-case letters, digits and hyphens: part of the names of what is deployed. */
  readonly name: string
  /** The AWS Region that holds people's data. */
  readonly region: EuropeanRegion
  /** The languages offered, the first one by default. */
  readonly languages: readonly ['fr' | 'en', ...('fr' | 'en')[]]
  /** The address people type. Its certificate (ARN) is one of us-east-1, where CloudFront looks for it. */
  readonly domain?: { readonly name: string; readonly certificate: string }
  /** Absent: what a new table takes by itself, 12,000 reads and 4,000 writes. Raising it is paid once. */
  readonly warmThroughput?: WarmThroughput
  /**
   * Environments kept for a function and denied to the others. Absent: none are kept, which suits an account of less
   * than 1,000. Delivery keeps up with closure day in 50; passwords cost 10 an environment and second.
   */
  readonly reservedConcurrency?: Readonly<Partial<Record<'password' | 'delivery', number>>>
  /** Whom alarms are mailed to. */
  readonly contacts: readonly string[]
}

export const territories: readonly Territory[] = [
  { name: 'demo', region: 'eu-west-3', languages: ['fr', 'en'], contacts: [] },
  {
    // A county of 180,000 accounts, ready for its closure day without having grown to it.
    name: 'val-de-brume',
    region: 'eu-west-3',
    languages: ['fr', 'en'],
    domain: {
      name: 'ent.val-de-brume.example',
      certificate: 'arn:aws:acm:us-east-1:111122223333:certificate/6f1d9d0c-2f0b-4f3e-9a53-0b5d0c1c7a11',
    },
    warmThroughput: { reads: 24_000, writes: 8_000 },
    reservedConcurrency: { password: 200, delivery: 50 },
    contacts: ['astreinte@val-de-brume.example'],
  },
]

/**
 * The territory called `name`. Throws a sentence for the operator: an unknown name names the known ones, a Region
 * outside the European Union names the allowed ones.
 */
export const territoryNamed = (name: unknown, known: readonly Territory[] = territories): Territory => {
  const names = known.map(one => one.name).join(', ')
  if (typeof name !== 'string' || name === '')
    throw new Error(`Say which territory with -c territory=<name>. Known in lib/territories.ts: ${names}.`)
  const territory = known.find(one => one.name === name)
  if (!territory) throw new Error(`There is no territory "${name}" in lib/territories.ts. Known: ${names}.`)
  const { region } = territory
  if (!Object.hasOwn(europeanRegions, region))
    throw new Error(
      `The territory "${name}" asks for the Region ${region}, which is outside the European Union. ` +
        `Allowed: ${Object.keys(europeanRegions).join(', ')}.`,
    )
  if (!/^[a-z][a-z0-9-]{1,29}$/.test(name))
    throw new Error(`The territory "${name}" needs a name of 2 to 30 lower-case letters, digits and hyphens.`)
  return territory
}
