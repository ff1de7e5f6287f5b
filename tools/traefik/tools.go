//go:build tools

// Package tools pins the Traefik that the run on real things builds, as a real gateway in front of real models.
package tools

import _ "github.com/traefik/traefik/v3/cmd/traefik"
