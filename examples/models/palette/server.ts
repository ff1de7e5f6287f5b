import { z } from "zod";
import { fastApi, uploadOperation } from "../serving/fast-api.ts";
import { json } from "../serving/model.ts";
import type { Model } from "../serving/model.ts";
import { decodePng } from "./decode-png.ts";
import { dominantColours, edgeDensity } from "./measure-picture.ts";

/** Images: a PNG goes in, its colours and the share of edges come out. */
export function createPaletteModel(): Model {
  const upload = z.object({
    image: z.string().meta({ format: "binary", contentMediaType: "image/png" }).describe("A PNG of up to 8 MiB."),
    colours: z.int().min(1).max(12).default(5).describe("How many colours to name."),
  });
  const colour = z.object({
    hex: z.string().regex(/^#[0-9a-f]{6}$/),
    share: z.number().min(0).max(1).describe("Share of the opaque pixels."),
  });
  const palette = z.object({
    width: z.int(),
    height: z.int(),
    colours: z.array(colour),
    edge_density: z.number().min(0).max(1).describe("Share of the pixels on an edge."),
  });
  return fastApi({
    name: "palette",
    title: "Palette",
    description: "Names the dominant colours of a picture and says how busy it is.",
    version: "1.0.2",
    schemas: { Upload: upload, Colour: colour, Palette: palette },
    operations: [
      uploadOperation({
        path: "/palette",
        summary: "Describe a picture",
        tag: "inference",
        field: "image",
        body: upload,
        response: palette,
        run: (file, fields) => {
          const wanted = upload.shape.colours.safeParse(
            fields.has("colours") ? Number(fields.get("colours")) : undefined,
          );
          const refuse = (field: string, msg: string) =>
            json(422, { detail: [{ type: "value_error", loc: ["body", field], msg, input: null }] });
          if (!wanted.success) return refuse("colours", "Input should be a whole number from 1 to 12");
          const decoded = decodePng(file);
          if (decoded.kind === "invalid") return refuse("image", decoded.reason);
          const { picture } = decoded;
          return json(200, {
            width: picture.width,
            height: picture.height,
            colours: dominantColours(picture, wanted.data),
            edge_density: edgeDensity(picture),
          });
        },
      }),
    ],
  });
}
