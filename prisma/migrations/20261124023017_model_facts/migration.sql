-- AlterTable
ALTER TABLE "api" ADD COLUMN     "facts" JSONB NOT NULL DEFAULT '[]';
