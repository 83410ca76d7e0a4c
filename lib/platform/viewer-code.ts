import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'

/** Lines of comments: `//`, or of a block that begins on a line of its own. */
const comments = /^ *(?:\/\/.*|\/\*\*?[\s\S]*?\*\/)\n/gm
const indentation = /^ +/gm

/**
 * The code of the viewer function without its lines of comments and its indentation, since CloudFront takes 10 KB and counts
 * them (Amazon CloudFront Developer Guide, "Quotas on CloudFront Functions"). No text of it goes over several lines.
 */
export const viewerCode = (): string =>
  readFileSync(join(root, 'functions/edge/viewer.js'), 'utf8').replaceAll(comments, '').replaceAll(indentation, '')
