import type { ComponentType } from "react";

type Given = { readonly getComponent: (name: string, container?: boolean) => ComponentType };
type Selectors = {
  readonly specSelectors: {
    readonly servers: () => { readonly size: number } | undefined;
    readonly schemes: () => { readonly size: number } | undefined;
    readonly securityDefinitions: () => unknown;
  };
};

/**
 * A layout for Swagger UI without what the portal's page says already (title, version, prose) and without a second main
 * landmark inside the page's own.
 */
export function PlainLayout({ getComponent, specSelectors }: Given & Selectors) {
  const part = (name: string) => getComponent(name, true);
  const SvgAssets = getComponent("SvgAssets");
  const [Errors, Servers, Schemes, Authorize, Filter, Operations, Webhooks, Models] = [
    part("errors"),
    part("ServersContainer"),
    part("SchemesContainer"),
    part("AuthorizeBtnContainer"),
    part("FilterContainer"),
    part("operations"),
    part("Webhooks"),
    part("Models"),
  ];
  const servers = (specSelectors.servers()?.size ?? 0) > 0;
  const schemes = (specSelectors.schemes()?.size ?? 0) > 0;
  const locks = Boolean(specSelectors.securityDefinitions());
  return (
    <div className="swagger-ui">
      <SvgAssets />
      <Errors />
      {(servers || schemes || locks) && (
        <div className="scheme-container">
          <div className="schemes wrapper">
            {servers && <Servers />}
            {schemes && <Schemes />}
            {locks && <Authorize />}
          </div>
        </div>
      )}
      <Filter />
      <div id="operations">
        <Operations />
        <Webhooks />
        <Models />
      </div>
    </div>
  );
}
