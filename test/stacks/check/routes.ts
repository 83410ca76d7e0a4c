import { at, ofType, type Template } from './template.ts'

/** Route keys that an API has twice, which CloudFormation would only report in the middle of a deploy. */
export const duplicateRoutes = (template: Template): string[] => {
  const seen = new Set<string>()
  return ofType(template, 'AWS::ApiGatewayV2::Route').flatMap(([id, route]) => {
    const key = `${JSON.stringify(at(route, 'ApiId'))} ${at(route, 'RouteKey')}`
    if (seen.has(key)) return [`${id}: ${at(route, 'RouteKey')} is already a route of this API`]
    seen.add(key)
    return []
  })
}
