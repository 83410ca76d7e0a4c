/** The arguments of a deploy: what is said to this command alone, and all that is CDK's. */
export type DeployArguments = {
  /** The value of `-c territory=…`; undefined if it is not given: cdk.json then names one. */
  readonly territory: string | undefined
  /** `--new`: it is another territory than those that are deployed. */
  readonly isNew: boolean
  readonly cdk: readonly string[]
}

const context = /^(?:(?:-c|--context)=?)?territory=(.*)$/

/** Reads the arguments; CDK checks its own. */
export const deployArguments = (args: readonly string[]): DeployArguments => ({
  territory: args.flatMap(one => context.exec(one)?.slice(1) ?? []).at(-1),
  isNew: args.includes('--new'),
  cdk: args.filter(one => one !== '--new'),
})
