export type StoredObject = {
  readonly body: Buffer
  /**
   * In quotes: the MD5 of the body in hex where it was put in one request and is encrypted with S3's own keys; of an object
   * put in parts the MD5 of the parts' MD5s, a hyphen and their number.
   */
  readonly etag: string
  readonly modified: Date
  /** Headers given with the object and returned with it, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** The checksum given with it: header and value. That of an object put in parts ends in a hyphen and their number. */
  readonly checksum: Readonly<Record<string, string>>
  readonly tags: Tags
}

/** An object's tags, at most ten. */
export type Tags = Readonly<Record<string, string>>
