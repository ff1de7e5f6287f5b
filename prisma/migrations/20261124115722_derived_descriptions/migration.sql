-- AlterTable
ALTER TABLE "api" ADD COLUMN     "modelName" TEXT;

-- AlterTable
ALTER TABLE "acquisition" ADD COLUMN     "origin" TEXT;
