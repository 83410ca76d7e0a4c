import type { Failure } from '../../platform/failure.ts'

/** Milliseconds without a further byte after which a request is given up: a network that went away tells nothing. */
const patience = 45_000

type Put = { readonly url: string; readonly headers: Readonly<Record<string, string | undefined>> }

/**
 * Puts a file, or a part of one, into the bucket, without cookies. Resolves to why it failed, if it did. By XMLHttpRequest,
 * which tells what has been sent: fetch() does not (Fetch standard).
 * @param onSent called with the bytes sent so far.
 */
export const put = (
  { url, headers }: Put,
  body: Blob,
  { onSent, signal }: { readonly onSent: (bytes: number) => void; readonly signal: AbortSignal },
): Promise<Failure | undefined> =>
  new Promise(resolve => {
    const request = new XMLHttpRequest()
    let timer: ReturnType<typeof setTimeout> | undefined
    const giveUp = () => request.abort()
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(giveUp, patience)
    }
    const end = (failure?: Failure) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      resolve(failure)
    }
    request.open('PUT', url)
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded }) => {
      wait()
      onSent(loaded)
    }
    request.onload = () => {
      if (request.status === 200) return end()
      // 403: the leave to put it has ended, and a new one is to be had. 5xx: S3 is busy.
      end({ type: request.status === 403 || request.status >= 500 ? 'unavailable' : 'unexpected' })
    }
    request.onerror = () => end({ type: 'unreachable' })
    request.onabort = () => end({ type: 'unreachable' })
    signal.addEventListener('abort', giveUp)
    wait()
    // A slice of a file keeps the file's type, which is not what was signed for a part.
    request.send(headers['content-type'] === undefined ? body.slice(0, body.size, '') : body)
  })
