import { type Contract, hasUploads, type Upload } from '../../shared/kernel/route.ts'
import type { AnswerOf, ParsedRequest } from './request.ts'
import type { SignUpload } from './upload.ts'

/** What the implementation of an upload answers. */
export type Uploaded = Extract<AnswerOf<Upload>, { readonly ok: true }>['value']

/**
 * The function that adds the signed grant to the answers of a contract's uploads. The grant is signed for each reply,
 * since an answer is stored for longer than a grant is valid. A repeat has the same body as the first request (its hash
 * is compared), and so describes the same file. Throws at init if the function has no documents bucket configured.
 */
export const granting = (contract: Contract, sign: SignUpload | undefined) => {
  const { feature } = contract
  if (!sign && hasUploads(contract)) throw new Error(`The function of ${feature} has no documents bucket configured`)
  return async ({ body }: ParsedRequest<Upload>, { objectKey, uploadId, ...reply }: Uploaded): Promise<object> => {
    // The function's role may put objects of its feature only: any other grant would fail later, in the browser.
    if (!objectKey.startsWith(`${feature}/`))
      throw new Error(`an upload of ${feature} has the object key of another feature`)
    return { ...reply, upload: await sign?.(objectKey, body.file, uploadId) }
  }
}
