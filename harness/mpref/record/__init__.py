"""Record: runs trials and stores their histories. It knows processes and nothing of right or wrong."""
