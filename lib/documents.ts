import type { Construct } from 'constructs'
import { documentsAccess } from '../functions/documents/access.ts'
import { requestAccess } from '../functions/platform/access.ts'
import { documentsContract } from '../shared/documents/contract.ts'
import { grantParts } from './platform/arrivals.ts'
import { type FunctionProps, requestTimeout, ServiceFunction } from './platform/service-function.ts'
import { grantTable } from './platform/table-access.ts'
import { documentLimitsOf } from './territories.ts'

/** The function of documents: who may place and have which, and the grants with which browsers send files. */
export const documentsFunction = (
  scope: Construct,
  { territory, table, documents }: FunctionProps,
): ServiceFunction => {
  const fn = new ServiceFunction(scope, 'DocumentsApi', territory, {
    name: documentsContract.function,
    what: 'Documents: spaces, uploads, versions, trash',
    impact:
      'Nobody can add, find or change documents. What a class sees of its space is still shown and served, by the edge.',
    entry: 'functions/documents/handler.ts',
    // The function mostly waits for the table; Lambda gives the init phase more CPU than this setting does.
    memory: 512,
    timeout: requestTimeout,
    environment: { DOCUMENTS_LIMITS: JSON.stringify(documentLimitsOf(territory)) },
  })
  grantTable(fn, table, [requestAccess, documentsAccess])
  if (documents) grantParts(fn, documents)
  return fn
}
