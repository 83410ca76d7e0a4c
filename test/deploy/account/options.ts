import { parseArgs } from 'node:util'

export const usage = `Usage: npm run check:account -- --address <https://…> --bucket <name> [options]

  Checks on a deployed territory what docs/decisions/0026-what-cloudfront-does.md relies on. It takes about three
  minutes. It needs credentials of AWS that may read and write the boards' bucket and read CloudFront's and CloudWatch's
  configuration and metrics, and a test account of the territory. It writes only files that no index names, and removes
  them.

  --address <url>      the territory's address
  --bucket <name>      the boards' bucket: the distribution's origin \`boards\` begins with its name
  --region <region>    the bucket's Region: eu-west-3 by default
  --login <login>      the test account's login; or the environment variable PREAU_CHECK_LOGIN
  --endpoint <url>     an S3 that is not AWS's: then nothing of AWS is asked, and what only AWS can tell is not measured

  PREAU_CHECK_PASSWORD is the test account's password: an option would be in the shell's history.`

export type Options = {
  /** Without a slash at its end. */
  readonly address: string
  readonly bucket: string
  readonly region: string
  readonly login: string
  readonly password: string
  readonly endpoint?: string
}

/** Reads command line and environment. Throws an error whose message is for the person who typed it. */
export const readOptions = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options | 'help' => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      address: { type: 'string' },
      bucket: { type: 'string' },
      region: { type: 'string', default: 'eu-west-3' },
      login: { type: 'string', default: environment.PREAU_CHECK_LOGIN },
      endpoint: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  const { bucket, region, login, endpoint } = values
  const password = environment.PREAU_CHECK_PASSWORD
  const address = values.address && URL.parse(values.address)
  if (!address || !/^https?:$/.test(address.protocol)) throw new Error('--address needs the URL of the territory.')
  if (!bucket) throw new Error("--bucket needs the name of the boards' bucket.")
  if (!login || !password)
    throw new Error('A test account is needed: --login or PREAU_CHECK_LOGIN, and PREAU_CHECK_PASSWORD.')
  return { address: address.origin, bucket, region, login, password, ...(endpoint && { endpoint }) }
}
