import { parseArgs } from 'node:util'

/** The arguments of a deploy: what is said to this command alone, and all that is CDK's. */
export type DeployArguments = {
  /** The value of `-c territory=…`; undefined if it is not given: cdk.json then names one. */
  readonly territory: string | undefined
  /** The value of `--profile`, by whose credentials CDK deploys; undefined if it is not given. */
  readonly profile: string | undefined
  /** `--new`: it is another territory than those that are deployed. */
  readonly isNew: boolean
  readonly cdk: readonly string[]
}

/** Reads the arguments; CDK checks its own. */
export const deployArguments = (args: readonly string[]): DeployArguments => {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      context: { type: 'string', short: 'c', multiple: true },
      profile: { type: 'string' },
      new: { type: 'boolean' },
    },
  })
  const territories = (values.context ?? []).flatMap(one => /^territory=(.*)$/.exec(String(one))?.slice(1) ?? [])
  return {
    territory: territories.at(-1),
    profile: typeof values.profile === 'string' ? values.profile : undefined,
    isNew: values.new === true,
    cdk: args.filter(one => one !== '--new'),
  }
}
