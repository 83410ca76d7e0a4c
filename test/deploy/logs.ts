import { type Emulator, region } from './emulator.ts'

const ask = async <Reply>(emulator: Emulator, operation: string, body: object): Promise<Reply> => {
  const reply = await fetch(emulator.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Logs_20140328.${operation}`,
      // Unsigned, which the emulator takes from the root user; it reads the Region here.
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/logs/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify(body),
  })
  if (!reply.ok) throw new Error(`CloudWatch Logs answered ${reply.status} to ${operation}`)
  return (await reply.json()) as Reply
}

/** Lines in which a function says that something went wrong, each with its log group. */
export const functionErrors = async (emulator: Emulator): Promise<string[]> => {
  const { logGroups } = await ask<{ logGroups: { logGroupName: string }[] }>(emulator, 'DescribeLogGroups', {})
  const found: string[] = []
  for (const { logGroupName } of logGroups) {
    const asked = { logGroupName, limit: 10_000 }
    const { events } = await ask<{ events: { message: string }[] }>(emulator, 'FilterLogEvents', asked)
    for (const { message } of events)
      if (/"level":"(ERROR|WARN|CRITICAL)"|\bError\b|Task timed out/.test(message))
        found.push(`${logGroupName}: ${message.trim().slice(0, 1_000)}`)
  }
  return found
}
