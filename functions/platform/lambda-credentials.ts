import { fromEnv } from '@aws-sdk/credential-provider-env'

/**
 * The credentials of a function: those of its role, which Lambda puts into its environment variables and renews with
 * the environment. In bundles this stands for the SDK's chain of providers (lib/platform/bundle.ts), whose others (SSO,
 * profiles, processes, web identity, containers, instance metadata) are never reached in Lambda.
 */
export const defaultProvider = fromEnv
