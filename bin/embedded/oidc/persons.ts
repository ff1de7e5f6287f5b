/** Who can sign in at the embedded provider: one of each role, with the groups that the example's owners are named after. */
export const persons = [
  {
    id: "carla",
    name: "Carla Consumer",
    email: "carla@gatebook.localhost",
    groups: ["apps"],
    about: "builds an application and calls models",
  },
  {
    id: "otto",
    name: "Otto Owner",
    email: "otto@gatebook.localhost",
    groups: ["fraud", "search"],
    about: "owns the models of the teams fraud and search",
  },
  {
    id: "ada",
    name: "Ada Admin",
    email: "ada@gatebook.localhost",
    groups: ["platform"],
    about: "runs the portal and sees everything",
  },
] as const;
