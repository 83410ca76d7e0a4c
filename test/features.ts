import type { FunctionName } from '../shared/features.ts'
import { directoryFunction } from './functions/directory/examples.ts'
import { documentsFunction } from './functions/documents/examples.ts'
import { homeFunction } from './functions/home/examples.ts'
import { newsFunction } from './functions/news/examples.ts'
import { factorFunction, passwordFunction, sessionFunction } from './functions/session/examples.ts'
import { workFunction } from './functions/work/examples.ts'
import type { TestedFunction } from './support/examples.ts'

/** What the tests of all functions know of each: how to open it, what it may use, how its routes are called. */
export const functions: Readonly<Record<FunctionName, TestedFunction>> = {
  password: passwordFunction,
  factor: factorFunction,
  session: sessionFunction,
  directory: directoryFunction,
  news: newsFunction,
  work: workFunction,
  documents: documentsFunction,
  home: homeFunction,
}
