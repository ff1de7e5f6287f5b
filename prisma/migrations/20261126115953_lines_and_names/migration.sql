-- AlterTable
ALTER TABLE "api" ADD COLUMN     "framework" TEXT,
ADD COLUMN     "lines" TEXT[] DEFAULT ARRAY['main']::TEXT[],
ADD COLUMN     "members" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "task" TEXT;

-- AlterTable
ALTER TABLE "acquisition" ADD COLUMN     "admission" JSONB,
ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "prefixes" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "draft" ADD COLUMN     "line" TEXT NOT NULL DEFAULT 'main';

-- CreateTable
CREATE TABLE "api_alias" (
    "cluster" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "apiId" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_alias_pkey" PRIMARY KEY ("cluster","namespace","group","kind","name")
);

-- CreateTable
CREATE TABLE "line" (
    "apiId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "currentVersionId" TEXT,
    "clusterDigest" TEXT,

    CONSTRAINT "line_pkey" PRIMARY KEY ("apiId","name")
);

-- CreateIndex
CREATE INDEX "api_alias_namespace_name_idx" ON "api_alias"("namespace", "name");

-- CreateIndex
CREATE INDEX "api_alias_apiId_idx" ON "api_alias"("apiId");

-- CreateIndex
CREATE UNIQUE INDEX "line_currentVersionId_key" ON "line"("currentVersionId");

-- AddForeignKey
ALTER TABLE "api_alias" ADD CONSTRAINT "api_alias_apiId_fkey" FOREIGN KEY ("apiId") REFERENCES "api"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "line" ADD CONSTRAINT "line_apiId_fkey" FOREIGN KEY ("apiId") REFERENCES "api"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "line" ADD CONSTRAINT "line_currentVersionId_fkey" FOREIGN KEY ("currentVersionId") REFERENCES "spec_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What an API had is what its one line has.
INSERT INTO "line" ("apiId", "name", "currentVersionId", "clusterDigest")
SELECT "id", 'main', "currentVersionId", "clusterDigest" FROM "api"
WHERE "currentVersionId" IS NOT NULL OR "clusterDigest" IS NOT NULL;

-- AlterTable
ALTER TABLE "api" DROP COLUMN "clusterDigest";

-- What an API is made of is itself, as far as was known.
UPDATE "api" SET "members" = ARRAY[concat_ws('/', "cluster", "namespace", "group", "kind", "name")];
