"""The outputs of notebooks: charts, panels, the explorer."""
