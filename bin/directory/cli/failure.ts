import { tmpdir } from 'node:os'
import { ImportRefused } from '../../../functions/directory/import/feed/finding.ts'

/** Where the command was to work, as far as the command line says. */
type TerritoryNamed = {
  readonly table?: string | undefined
  readonly region?: string | undefined
  readonly endpoint?: string | undefined
}

const where = ({ region, endpoint }: TerritoryNamed) =>
  endpoint ?? (region ? `the Region ${region}` : 'the Region of your AWS settings')

const known: Readonly<Record<string, (named: TerritoryNamed) => string>> = {
  ResourceNotFoundException: named => `there is no table ${named.table} in ${where(named)}`,
  CredentialsProviderError: () => 'no AWS credentials are found: sign in as for cdk deploy, then start again',
  UnrecognizedClientException: named =>
    `${where(named)} does not know these AWS credentials: sign in as for cdk deploy`,
  ExpiredTokenException: () => 'the AWS credentials have expired: sign in again, then start the same command again',
  ThrottlingException: named =>
    `${where(named)} takes no more requests for now: start the same command again in some minutes`,
  TransactionConflictException: () =>
    'somebody else gives codes to the same people at this moment: start the same command again',
  AccessDeniedException: named => `these AWS credentials may not use the table ${named.table} in ${where(named)}`,
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'EPIPE',
])
const unwritable = new Set(['EACCES', 'EEXIST', 'ENOTDIR', 'EROFS', 'EPERM'])

/** SQLite's code for a full disk (SQLITE_FULL). */
const sqliteFull = 13

/**
 * A failure as one sentence for whoever runs the command; undefined for an unhandled error, whose stack is needed.
 * Whatever was written before it stays, and the same command goes on from there.
 */
export const sentenceOf = (error: unknown, named: TerritoryNamed): string | undefined => {
  if (!(error instanceof Error)) return undefined
  if (error instanceof ImportRefused) return error.message
  const sentence = Object.hasOwn(known, error.name) ? known[error.name] : undefined
  if (sentence) return sentence(named)
  if (error.message.includes('Region is missing')) return 'no AWS Region is set: say --region <region>'
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || ('errcode' in error && error.errcode === sqliteFull))
    return `the disk is full${path ? ` (${path})` : `: an import needs room for a temporary file in ${tmpdir()}`}. Make room, then start the same command again`
  if (code && unreachable.has(code))
    return `${where(named)} does not answer (${code}): start the same command again once it does`
  if (code && unwritable.has(code) && path) return `${path} cannot be used (${code})`
  if ('$metadata' in error) return `${where(named)} refuses (${error.name}): ${error.message}`
  return undefined
}
