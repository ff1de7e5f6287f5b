import { createElement } from "react";
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
  const part = (name: string) => createElement(getComponent(name, true));
  const servers = (specSelectors.servers()?.size ?? 0) > 0;
  const schemes = (specSelectors.schemes()?.size ?? 0) > 0;
  const locks = Boolean(specSelectors.securityDefinitions());
  return (
    <div className="swagger-ui">
      {createElement(getComponent("SvgAssets"))}
      {part("errors")}
      {(servers || schemes || locks) && (
        <div className="scheme-container">
          <div className="schemes wrapper">
            {servers && part("ServersContainer")}
            {schemes && part("SchemesContainer")}
            {locks && part("AuthorizeBtnContainer")}
          </div>
        </div>
      )}
      {part("FilterContainer")}
      <div id="operations">
        {part("operations")}
        {part("Webhooks")}
        {part("Models")}
      </div>
    </div>
  );
}
